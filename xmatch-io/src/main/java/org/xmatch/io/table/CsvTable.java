package org.xmatch.io.table;

import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.RangeSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a CSV file (RFC 4180, header line, UTF-8) whole into a table. Stateless and thread-safe. */
public final class CsvTable {

    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    private CsvTable() {}

    /**
     * Columns become int64 where every value is one, else double, else string; empty is null. Blank
     * lines are skipped.
     *
     * @throws org.xmatch.io.CatalogFormatException naming the line, for rows of another length than the header's
     */
    public static Table read(RangeSource source) {
        if (source.size() > Integer.MAX_VALUE - 8) {
            throw new CatalogFormatException(source.location(), source.location() + " has " + source.size()
                    + " bytes, and CSV files are read up to 2 GiB: convert it to Parquet");
        }
        byte[] bytes = new byte[(int) source.size()];
        source.read(0, bytes, 0, bytes.length);
        if (Arrays.mismatch(bytes, 0, Math.min(4, bytes.length), PARQUET, 0, 4) < 0) {
            throw new CatalogFormatException(source.location(),
                    source.location() + " is a Parquet file: give it a name that ends in .parquet");
        }
        return new Parser(source.location(), bytes).parse();
    }

    /** State of one pass over the bytes. */
    private static final class Parser {

        private final String location;
        private final byte[] bytes;
        private int at;
        private long line = 1;
        private byte[] cell = new byte[256];
        private int length;

        Parser(String location, byte[] bytes) {
            this.location = location;
            this.bytes = bytes;
        }

        Table parse() {
            if (bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
                at = 3;
            }
            List<Column> columns = header();
            int rows = 0;
            while (at < bytes.length) {
                if (columns.size() > 1 && isBlankLine()) {
                    continue;
                }
                long rowLine = line;
                int cells = 0;
                boolean more = true;
                while (more) {
                    more = readCell();
                    if (cells < columns.size()) {
                        append(columns.get(cells), rows);
                    }
                    cells++;
                }
                if (cells != columns.size()) {
                    throw new CatalogFormatException(location, location + ", line " + rowLine + ": " + cells
                            + " values, and the header names " + columns.size() + " columns");
                }
                rows++;
            }
            List<Column> typed = new ArrayList<>();
            for (Column column : columns) {
                typed.add(CsvTypes.typed(column));
            }
            return new Table(typed, rows);
        }

        private List<Column> header() {
            List<Column> columns = new ArrayList<>();
            Set<String> names = new HashSet<>();
            boolean more = bytes.length > at;
            while (more) {
                more = readCell();
                String name = new String(cell, 0, length, StandardCharsets.UTF_8).strip();
                if (name.isEmpty() || name.indexOf('\0') >= 0) {
                    throw new CatalogFormatException(location, location + ", line 1: column " + (columns.size() + 1)
                            + " has no name; a CSV catalog starts with a header line");
                }
                if (!names.add(name)) {
                    throw new CatalogFormatException(location,
                            location + ", line 1: two columns are called '" + name + "'");
                }
                columns.add(new Column(Field.ofString(name)));
            }
            if (columns.isEmpty()) {
                throw new CatalogFormatException(location,
                        location + " is empty; a CSV catalog starts with a header line");
            }
            return columns;
        }

        private boolean isBlankLine() {
            if (bytes[at] == '\n') {
                at++;
                line++;
                return true;
            }
            if (bytes[at] == '\r' && (at + 1 == bytes.length || bytes[at + 1] == '\n')) {
                at = Math.min(at + 2, bytes.length);
                line++;
                return true;
            }
            return false;
        }

        private void append(Column column, int row) {
            column.reserve(row + 1);
            int start = column.offsets()[row];
            column.reserveBytes(Math.addExact(start, length));
            System.arraycopy(cell, 0, column.bytes(), start, length);
            column.offsets()[row + 1] = start + length;
            column.setSize(row + 1);
            if (length == 0) {
                column.setNull(row);
            }
        }

        /** Reads the next cell; false where it is the last of its line. */
        private boolean readCell() {
            length = 0;
            if (at < bytes.length && bytes[at] == '"') {
                readQuoted();
            } else {
                int start = at;
                while (at < bytes.length && bytes[at] != ',' && bytes[at] != '\n' && !isLineEnd()) {
                    at++;
                }
                put(start, at);
            }
            if (at == bytes.length) {
                return false;
            }
            if (bytes[at] == ',') {
                at++;
                return true;
            }
            if (bytes[at] == '\r') {
                at++;
            }
            if (at < bytes.length && bytes[at] == '\n') {
                at++;
            }
            line++;
            return false;
        }

        private boolean isLineEnd() {
            return bytes[at] == '\r' && (at + 1 == bytes.length || bytes[at + 1] == '\n');
        }

        private void readQuoted() {
            long opened = line;
            at++;
            while (true) {
                int start = at;
                while (at < bytes.length && bytes[at] != '"') {
                    line += bytes[at] == '\n' ? 1 : 0;
                    at++;
                }
                put(start, at);
                if (at == bytes.length) {
                    throw new CatalogFormatException(location,
                            location + ", line " + opened + ": a quotation mark is never closed");
                }
                at++;
                if (at < bytes.length && bytes[at] == '"') {
                    put(at, at + 1);
                    at++;
                    continue;
                }
                if (at < bytes.length && bytes[at] != ',' && bytes[at] != '\n' && bytes[at] != '\r') {
                    throw new CatalogFormatException(location,
                            location + ", line " + line + ": text follows a closing quotation mark");
                }
                return;
            }
        }

        private void put(int from, int to) {
            int count = to - from;
            if (cell.length < length + count) {
                cell = Arrays.copyOf(cell, Math.max(length + count, 2 * cell.length));
            }
            System.arraycopy(bytes, from, cell, length, count);
            length += count;
        }
    }
}
