package org.xmatch.io.parquet;

import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TMap;
import shaded.parquet.org.apache.thrift.protocol.TProtocolException;
import shaded.parquet.org.apache.thrift.protocol.TStruct;
import shaded.parquet.org.apache.thrift.transport.TTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Reads Thrift structures of Parquet's metadata from an array, in the compact protocol.
 * <p>
 * The library allocates what a list or text is said to need; here nothing is said to be longer than the
 * bytes left, and structures nest no deeper than Parquet's do. Not thread-safe.
 */
final class ThriftBytes {

    // FileMetaData nests to 7: row group, column chunk, column metadata, statistics, ...
    private static final int MOST_DEPTH = 32;

    // types as the library numbers them
    static final byte STOP = 0;
    static final byte I64 = 10;
    static final byte STRUCT = 12;
    static final byte LIST = 15;
    private static final byte BOOL = 2;

    // types of the compact protocol, as its specification numbers them
    private static final int COMPACT_TRUE = 1;
    private static final int COMPACT_FALSE = 2;
    private static final int COMPACT_BYTE = 3;
    private static final int COMPACT_I16 = 4;
    private static final int COMPACT_I32 = 5;
    private static final int COMPACT_I64 = 6;
    private static final int COMPACT_DOUBLE = 7;
    private static final int COMPACT_BINARY = 8;
    private static final int COMPACT_LIST = 9;
    private static final int COMPACT_SET = 10;
    private static final int COMPACT_MAP = 11;
    private static final int COMPACT_STRUCT = 12;
    private static final int COMPACT_UUID = 13;

    private final byte[] bytes;
    private final int end;
    private int at;
    private final Protocol protocol = new Protocol(new Transport());

    ThriftBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Index of the next byte. */
    int position() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }

    /** Fills a structure from here on. */
    <T extends TBase<?, ?>> T read(T into) throws TException {
        into.read(protocol);
        return into;
    }

    /** Begins a structure whose fields are read one by one. */
    void beginStruct() throws TException {
        protocol.readStructBegin();
    }

    void endStruct() throws TException {
        protocol.readStructEnd();
    }

    /** The next field, or one of type {@link #STOP}. */
    TField field() throws TException {
        return protocol.readFieldBegin();
    }

    /** Number of elements of the list that begins here, whose elements must be of the type. */
    int list(byte type) throws TException {
        TList list = protocol.readListBegin();
        if (list.elemType != type && list.size > 0) {
            throw new TProtocolException(TProtocolException.INVALID_DATA,
                    "a list of type " + list.elemType + " instead of " + type);
        }
        protocol.readListEnd();
        return list.size;
    }

    long int64() throws TException {
        return protocol.readI64();
    }

    /** Passes over a value of the type without making anything of it. */
    void skip(byte type) throws TException {
        if (type == BOOL) {
            protocol.readBool(); // a field's truth is in its header, which the library has read
        } else {
            skip(compactType(type), 0, false);
        }
    }

    private static int compactType(byte type) throws TException {
        return switch (type) {
            case 3 -> COMPACT_BYTE;
            case 4 -> COMPACT_DOUBLE;
            case 6, 8, I64 -> COMPACT_I64;
            case 11 -> COMPACT_BINARY;
            case STRUCT -> COMPACT_STRUCT;
            case 13 -> COMPACT_MAP;
            case 14, LIST -> COMPACT_LIST;
            case 16 -> COMPACT_UUID;
            default -> throw damaged("type " + type);
        };
    }

    private void skip(int type, int depth, boolean inContainer) throws TException {
        if (depth > MOST_DEPTH) {
            throw damaged("structures nested deeper than " + MOST_DEPTH);
        }
        switch (type) {
            case COMPACT_TRUE, COMPACT_FALSE -> advance(inContainer ? 1 : 0);
            case COMPACT_BYTE -> advance(1);
            case COMPACT_I16, COMPACT_I32, COMPACT_I64 -> varint();
            case COMPACT_DOUBLE -> advance(8);
            case COMPACT_BINARY -> advance(varint());
            case COMPACT_UUID -> advance(16);
            case COMPACT_LIST, COMPACT_SET -> {
                int header = next();
                long size = header >>> 4 == 15 ? varint() : header >>> 4;
                skipElements(size, header & 15, 0, depth);
            }
            case COMPACT_MAP -> {
                long size = varint();
                int types = size == 0 ? 0 : next();
                skipElements(size, types >>> 4, types & 15, depth);
            }
            case COMPACT_STRUCT -> {
                for (int header = next(); header != 0; header = next()) {
                    if (header >>> 4 == 0) {
                        varint(); // the field's number
                    }
                    skip(header & 15, depth + 1, false);
                }
            }
            default -> throw damaged("type " + type);
        }
    }

    private void skipElements(long size, int type, int secondType, int depth) throws TException {
        if (size < 0 || size > end - at) {
            throw damaged(size + " elements where " + (end - at) + " bytes are left");
        }
        for (long i = 0; i < size; i++) {
            skip(type, depth + 1, true);
            if (secondType != 0) {
                skip(secondType, depth + 1, true);
            }
        }
    }

    private int next() throws TException {
        advance(1);
        return bytes[at - 1] & 0xff;
    }

    private void advance(long count) throws TException {
        if (count < 0 || count > end - at) {
            throw damaged(count + " bytes where " + (end - at) + " are left");
        }
        at += (int) count;
    }

    private long varint() throws TException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = next();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than 64 bits");
    }

    private static TProtocolException damaged(String what) {
        return new TProtocolException(TProtocolException.INVALID_DATA, what);
    }

    /** The compact protocol, no deeper than Parquet needs. */
    private static final class Protocol extends TCompactProtocol {

        private int depth;

        Protocol(TTransport transport) {
            super(transport);
        }

        @Override
        public TStruct readStructBegin() throws TException {
            enter();
            return super.readStructBegin();
        }

        @Override
        public void readStructEnd() throws TException {
            super.readStructEnd();
            depth--;
        }

        @Override
        public TList readListBegin() throws TException {
            enter();
            return super.readListBegin();
        }

        @Override
        public void readListEnd() throws TException {
            super.readListEnd();
            depth--;
        }

        @Override
        public TMap readMapBegin() throws TException {
            enter();
            return super.readMapBegin();
        }

        @Override
        public void readMapEnd() throws TException {
            super.readMapEnd();
            depth--;
        }

        private void enter() throws TException {
            depth++;
            if (depth > MOST_DEPTH) {
                throw damaged("structures nested deeper than " + MOST_DEPTH);
            }
        }
    }

    /** The array as the library reads it. */
    private final class Transport extends TTransport {

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void open() {
            // always open
        }

        @Override
        public void close() {
            // nothing to let go of
        }

        @Override
        public int read(byte[] into, int offset, int length) throws TTransportException {
            checkReadBytesAvailable(length);
            System.arraycopy(bytes, at, into, offset, length);
            at += length;
            return length;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            throw new UnsupportedOperationException("metadata is only read here");
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getBufferPosition() {
            return at;
        }

        @Override
        public int getBytesRemainingInBuffer() {
            return end - at;
        }

        @Override
        public void consumeBuffer(int count) {
            at += count;
        }

        @Override
        public TConfiguration getConfiguration() {
            return TConfiguration.DEFAULT;
        }

        @Override
        public void updateKnownMessageSize(long size) {
            // the array's length is known
        }

        @Override
        public void checkReadBytesAvailable(long count) throws TTransportException {
            if (count < 0 || count > end - at) {
                throw new TTransportException(TTransportException.END_OF_FILE,
                        count + " bytes are declared where " + (end - at) + " are left");
            }
        }
    }
}
