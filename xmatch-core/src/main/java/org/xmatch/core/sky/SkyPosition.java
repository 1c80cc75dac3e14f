package org.xmatch.core.sky;

/**
 * One position on the sky.
 *
 * @param ra right ascension, degrees ICRS
 * @param dec declination, degrees ICRS, {@code -90..90}
 */
public record SkyPosition(double ra, double dec) {}
