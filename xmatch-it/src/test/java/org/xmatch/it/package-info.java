/**
 * Cross-matches of catalogs behind servers on loopback: an S3 server, and a web server that fails on
 * demand.
 */
@NullMarked
package org.xmatch.it;

import org.jspecify.annotations.NullMarked;
