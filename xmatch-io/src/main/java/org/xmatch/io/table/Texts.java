package org.xmatch.io.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies short texts by words: calls cost more than their bytes (ColumnsReadBenchmark). Stateless. */
public final class Texts {

    /** Bytes behind a text that copying may read, and may write: where there are fewer it is slower. */
    public static final int ROOM = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Texts() {}

    /** Copies {@code length} bytes; up to {@link #ROOM} bytes of {@code to} behind them are overwritten. */
    public static void copy(byte[] from, int at, int length, byte[] to, int into) {
        if (length <= ROOM && at <= from.length - ROOM && into <= to.length - ROOM) {
            LONG.set(to, into, (long) LONG.get(from, at));
            LONG.set(to, into + 8, (long) LONG.get(from, at + 8));
            if (length > 16) {
                LONG.set(to, into + 16, (long) LONG.get(from, at + 16));
                if (length > 24) {
                    LONG.set(to, into + 24, (long) LONG.get(from, at + 24));
                }
            }
        } else {
            System.arraycopy(from, at, to, into, length);
        }
    }
}
