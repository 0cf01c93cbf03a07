package dev.haldane.postrender.chart;

import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.Optional;
import java.util.regex.Pattern;

/// `values.schema.json` with a property for our values, and no other byte changed.
final class SchemaText {
    private static final String PROPERTY =
            '"' + ValuesBlock.KEY + "\": {\"$comment\": \"haldane inject\", \"type\": \"object\"}";
    private static final Pattern OURS = Pattern.compile("\\s*" + Pattern.quote(PROPERTY) + ",?");

    private SchemaText() {}

    static boolean isIn(String schema) {
        return OURS.matcher(schema).find();
    }

    /// The schema with the property; empty if it needs none.
    ///
    /// @throws UnsupportedShape if there is no place for it
    static Optional<String> with(String schema) {
        if (!(parsed(schema) instanceof Mapping root)
                || !root.at("properties", ValuesBlock.KEY).isEmpty()) {
            return Optional.empty();
        }
        boolean closed =
                root.text("additionalProperties").filter("false"::equals).isPresent();
        int open = properties(schema);
        if (open < 0) {
            if (closed) {
                throw new UnsupportedShape(1, ChartSource.SCHEMA + " allows no value `canary`");
            }
            return Optional.empty();
        }
        int next = open;
        while (next < schema.length() && Character.isWhitespace(schema.charAt(next))) {
            next++;
        }
        boolean empty = schema.charAt(next) == '}';
        String entry = schema.substring(open, next) + PROPERTY + (empty ? "" : ",");
        return Optional.of(schema.substring(0, open) + entry + schema.substring(open));
    }

    static String without(String schema) {
        return OURS.matcher(schema).replaceFirst("");
    }

    private static Object parsed(String schema) {
        try {
            return Json.parse(schema);
        } catch (IllegalArgumentException _) {
            throw new UnsupportedShape(1, ChartSource.SCHEMA + " is no JSON");
        }
    }

    /// The offset behind the brace of the root's `properties`; -1 if it has none.
    private static int properties(String schema) {
        int depth = 0;
        int i = 0;
        while (i < schema.length()) {
            char c = schema.charAt(i);
            if (c == '"') {
                int end = closing(schema, i);
                boolean key = depth == 1 && schema.substring(i + 1, end).equals("properties");
                int colon = key ? schema.indexOf(':', end) : -1;
                if (colon > 0 && schema.substring(end + 1, colon).isBlank()) {
                    int brace = schema.indexOf('{', colon);
                    return brace > 0 && schema.substring(colon + 1, brace).isBlank() ? brace + 1 : -1;
                }
                i = end;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            i++;
        }
        return -1;
    }

    private static int closing(String schema, int quote) {
        for (int i = quote + 1; i < schema.length(); i++) {
            if (schema.charAt(i) == '\\') {
                i++;
            } else if (schema.charAt(i) == '"') {
                return i;
            }
        }
        return schema.length() - 1;
    }
}
