package org.xmatch.core.match;

/** How the work of preparing a kernel is shared: all at once, or in ranges by several threads. */
interface Pieces {

    /** All at once, by the caller; a class, as the first lambda of a JVM takes it 8 ms. */
    Pieces WHOLE = new Pieces() {
        @Override
        public void share(int count, Work work) {
            work.on(0, count);
        }
    };

    /** Work on a range {@code [from, to)}, independent of that on others. */
    interface Work {
        void on(int from, int to);
    }

    /** Does the work on ranges that make up {@code [0, count)}; returns when all is done. */
    void share(int count, Work work);
}
