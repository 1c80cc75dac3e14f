package org.xmatch.core.match;

/** How the work of preparing a kernel is shared: all at once, or in ranges by several threads. */
interface Pieces {

    /** All at once, by the caller. */
    Pieces WHOLE = (count, work) -> work.on(0, count);

    /** Work on a range {@code [from, to)}, independent of that on others. */
    interface Work {
        void on(int from, int to);
    }

    /** Does the work on ranges that make up {@code [0, count)}; returns when all is done. */
    void share(int count, Work work);
}
