package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;

import java.util.Optional;

/** Takes the results of units of work, several at a time, in any order. Thread-safe. */
interface UnitSinks {

    /** What the unit's result counts where it is there already, so that the unit need not be done. */
    Optional<MatchCounts> finished(PartitionGroup unit);

    /** Begins the result of a unit, on the thread that does it. */
    UnitSink open(PartitionGroup unit);
}
