package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;
import org.xmatch.io.CatalogFormatException;
import shaded.parquet.org.apache.thrift.TException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The pages in a stretch of a column chunk, one after the other. Every length is checked before it is
 * used. One use, one thread.
 */
final class ChunkPages {

    private static final int MOST_PAGE_BYTES = 1 << 30;
    // run lengths tell any number of values in a few bytes: more than any writer's row groups have is damage
    private static final int MOST_PAGE_VALUES = 1 << 26;
    private static final int HEADER_BYTES = 256; // more than most headers have

    private final ChunkPlace place;
    private final ColumnMetaData meta;
    private final PageDecoder decoder;
    private final ChunkBytes bytes;
    private final int length;
    private final Optional<ChunkPages> dictionaryPages;
    private @Nullable Page dictionaryPage;
    private int at;

    /** @param dictionaryPages where the dictionary is found if it is not among these pages */
    ChunkPages(ChunkPlace place, ColumnMetaData meta, PageDecoder decoder, ChunkBytes bytes,
            Optional<ChunkPages> dictionaryPages) {
        this.place = place;
        this.meta = meta;
        this.decoder = decoder;
        this.bytes = bytes;
        this.length = bytes.length();
        this.dictionaryPages = dictionaryPages;
    }

    /** One page: its header, and where its bytes are in the stretch. */
    record Page(PageHeader header, int at, int compressed, int uncompressed, int values, long fileOffset) {

        boolean isDictionary() {
            return header.getType() == PageType.DICTIONARY_PAGE;
        }

        boolean isV2() {
            return header.getType() == PageType.DATA_PAGE_V2;
        }

        boolean needsDictionary() {
            Encoding encoding = encoding();
            return encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
        }

        Encoding encoding() {
            Encoding encoding = isV2() ? header.getData_page_header_v2().getEncoding()
                    : header.getData_page_header().getEncoding();
            if (encoding == null) {
                throw new IndexOutOfBoundsException("an encoding this program does not know");
            }
            return encoding;
        }

        /** Refuses the levels of the format's first years; writers name that encoding too where there are none. */
        void requireRleLevels(int maxRepetition, int maxDefinition) {
            DataPageHeader v1 = header.getData_page_header();
            if (maxDefinition > 0 && v1.getDefinition_level_encoding() == Encoding.BIT_PACKED
                    || maxRepetition > 0 && v1.getRepetition_level_encoding() == Encoding.BIT_PACKED) {
                throw new IndexOutOfBoundsException("its levels are encoded as BIT_PACKED, which only the first"
                        + " writers of the format did: rewrite the file");
            }
        }

        @Nullable Statistics statistics() {
            return isV2() ? header.getData_page_header_v2().getStatistics()
                    : header.getData_page_header().getStatistics();
        }
    }

    boolean hasMore() {
        return at < length;
    }

    /** The next dictionary or data page; a data page may hold {@code mostValues} values, nulls counted. */
    Page next(long mostValues) {
        while (true) {
            long offset = bytes.fileOffset() + at;
            PageHeader header = header(offset);
            int start = at;
            int compressed = header.getCompressed_page_size();
            int uncompressed = header.getUncompressed_page_size();
            if (compressed < 0 || compressed > length - start || uncompressed < 0
                    || uncompressed > MOST_PAGE_BYTES) {
                throw place.damaged(offset, "a page is said to take " + compressed + " bytes, " + uncompressed
                        + " decompressed, where " + (length - start) + " are left in the chunk", null);
            }
            at = start + compressed;
            if (header.getType() == PageType.INDEX_PAGE) {
                continue;
            }
            int values = values(header);
            boolean dictionary = header.getType() == PageType.DICTIONARY_PAGE;
            if (values < 0 || values > MOST_PAGE_VALUES || !dictionary && values > mostValues
                    || dictionary && values > Math.max(uncompressed, 1)) {
                throw place.damaged(offset, "a page is said to hold " + values + " values", null);
            }
            return new Page(header, start, compressed, uncompressed, values, offset);
        }
    }

    /** Reads a header and moves behind it. Its length is not known: statistics may hold long texts. */
    private PageHeader header(long offset) {
        for (int tried = HEADER_BYTES;; tried = (int) Math.min(16L * tried, length)) {
            int count = Math.min(tried, length - at);
            byte[] encoded = new byte[count];
            int from = bytes.require(at, count);
            bytes.buffer().get(from, encoded);
            ThriftBytes in = new ThriftBytes(encoded, 0, count);
            try {
                PageHeader header = in.read(new PageHeader());
                at += in.position();
                return header;
            } catch (TException | RuntimeException e) {
                if (count == length - at) {
                    throw place.damaged(offset, "no page header can be read there", e);
                }
            }
        }
    }

    private static int values(PageHeader header) {
        PageType type = header.getType();
        return type == PageType.DICTIONARY_PAGE && header.isSetDictionary_page_header()
                ? header.getDictionary_page_header().getNum_values()
                : type == PageType.DATA_PAGE && header.isSetData_page_header()
                        ? header.getData_page_header().getNum_values()
                        : type == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()
                                ? header.getData_page_header_v2().getNum_values() : -1;
    }

    /** Takes a dictionary page for the pages to come. */
    void loadDictionary(Page page) {
        loadDictionary(page, bytes, page.at);
    }

    /** Remembers a dictionary page, to be read again when a page needs it. */
    void passDictionary(Page page) {
        dictionaryPage = page;
    }

    private void loadPassedDictionary() {
        if (dictionaryPage != null) {
            Page page = dictionaryPage;
            if (bytes.holds(page.at, page.compressed)) {
                loadDictionary(page, bytes, page.at);
            } else {
                loadDictionary(page, bytes.again(page.at, page.compressed), 0);
            }
        } else if (dictionaryPages.isPresent()) {
            ChunkPages others = dictionaryPages.get();
            while (others.hasMore() && !decoder.dictionary().isPresent()) {
                Page other = others.next(0);
                if (other.isDictionary()) {
                    others.loadDictionary(other);
                }
            }
        }
    }

    private void loadDictionary(Page page, ChunkBytes from, int index) {
        CompressionCodec codec = meta.getCodec();
        int start = requireBytes(page, from, index);
        require(codec, page, from.buffer(), start, page.compressed, page.uncompressed);
        byte[] out = decoder.dictionaryPage(page.uncompressed);
        decompress(codec, page, from.buffer(), start, page.compressed, out, 0, page.uncompressed);
        try {
            decoder.dictionary().load(place.field(), out, page.uncompressed, page.values);
        } catch (RuntimeException e) {
            throw place.damaged(page.fileOffset, "its dictionary cannot be decoded: " + e.getMessage(), e);
        }
    }

    /**
     * The page's levels and values, decompressed, from index 0 on; valid until the next page. A dictionary that
     * it needs and that was passed over is loaded.
     */
    byte[] decompressed(Page page) {
        if (page.needsDictionary() && !decoder.dictionary().isPresent()) {
            loadPassedDictionary();
        }
        int levels = page.isV2() ? levelBytes(page) : 0;
        DataPageHeaderV2 v2 = page.header.getData_page_header_v2();
        boolean plain = page.isV2() && v2.isSetIs_compressed() && !v2.isIs_compressed();
        CompressionCodec codec = plain ? CompressionCodec.UNCOMPRESSED : meta.getCodec();
        int start = requireBytes(page, bytes, page.at);
        require(codec, page, bytes.buffer(), start + levels, page.compressed - levels, page.uncompressed - levels);
        byte[] data = decoder.page(page.uncompressed);
        bytes.buffer().get(start, data, 0, levels);
        decompress(codec, page, bytes.buffer(), start + levels, page.compressed - levels, data, levels,
                page.uncompressed - levels);
        return data;
    }

    /** Has the page's bytes in the buffer, where its checksum is compared; returns the index of the first. */
    private int requireBytes(Page page, ChunkBytes from, int at) {
        int start = from.require(at, page.compressed);
        if (page.header.isSetCrc() && decoder.crc32(from.buffer(), start, page.compressed) != page.header.getCrc()) {
            throw place.damaged(page.fileOffset, "the page's checksum does not match its bytes", null);
        }
        return start;
    }

    /** Where levels end that begin, behind their length, at an index of a decompressed v1 page. */
    static int levelsEnd(byte[] data, int from, int end) {
        PlainValues.requireBytes(4, from, end);
        int length = data[from] & 0xff | (data[from + 1] & 0xff) << 8 | (data[from + 2] & 0xff) << 16
                | data[from + 3] << 24;
        if (length < 0 || length > end - from - 4) {
            throw new IndexOutOfBoundsException("levels of " + length + " bytes");
        }
        return from + 4 + length;
    }

    /** Bytes of repetition and definition levels, which a v2 page has uncompressed before its values. */
    private static int levelBytes(Page page) {
        DataPageHeaderV2 header = page.header.getData_page_header_v2();
        int repetition = header.getRepetition_levels_byte_length();
        int definition = header.getDefinition_levels_byte_length();
        if (repetition < 0 || definition < 0 || repetition + (long) definition > page.compressed
                || repetition + (long) definition > page.uncompressed) {
            throw new IndexOutOfBoundsException("levels of " + repetition + " and " + definition + " bytes");
        }
        return repetition + definition;
    }

    private void require(CompressionCodec codec, Page page, ByteBuffer in, int from, int count, int outLength) {
        try {
            PageDecoder.requireLength(codec, in, from, count, outLength);
        } catch (IOException | RuntimeException e) {
            throw undecodable(codec, page, count, e);
        }
    }

    private void decompress(CompressionCodec codec, Page page, ByteBuffer in, int from, int count, byte[] out,
            int outAt, int outLength) {
        try {
            decoder.decompress(codec, in, from, count, out, outAt, outLength);
        } catch (PageDecoder.UnsupportedCodecException e) {
            throw new CatalogFormatException(place.location(), "column '" + place.field().name() + "' of "
                    + place.location() + " is compressed with " + e.getMessage() + ", which this program does"
                    + " not read: rewrite the file with zstd, snappy, gzip, brotli or lz4_raw");
        } catch (IOException | RuntimeException | InternalError e) {
            throw undecodable(codec, page, count, e);
        }
    }

    private CatalogFormatException undecodable(CompressionCodec codec, Page page, int count, Throwable e) {
        return place.damaged(page.fileOffset, "a page of " + count + " bytes cannot be decompressed (" + codec
                + "): " + e.getMessage(), e);
    }
}
