package org.xmatch.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers and booleans as JSON. */
final class Json {

    private Json() {}

    /** Pretty-printed, with a newline at the end. */
    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        append(value, "", out);
        return out.append('\n').toString();
    }

    private static void append(Object value, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String inner = indent + "  ";
            out.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext();) {
                Map.Entry<?, ?> entry = entries.next();
                out.append('\n').append(inner);
                string(entry.getKey().toString(), out);
                out.append(": ");
                append(entry.getValue(), inner, out);
                out.append(entries.hasNext() ? "," : "\n" + indent);
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                append(list.get(i), indent, out);
            }
            out.append(']');
        } else if (value instanceof Double number) {
            out.append(Double.isFinite(number) ? number.toString() : "null");
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString(), out);
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
