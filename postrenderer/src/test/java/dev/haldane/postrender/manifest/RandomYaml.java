package dev.haldane.postrender.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes YAML the way nobody should and somebody does: all styles in one document, comments and blank lines anywhere,
/// every comment with a number of its own so that a lost one is found.
final class RandomYaml {
    private static final List<String> KEYS = List.of(
            "name",
            "app",
            "'quoted'",
            "\"double\"",
            "app.kubernetes.io/name",
            "0",
            "ключ",
            "🚀key",
            "spec",
            "x-y",
            "on");
    private static final List<String> PLAIN = List.of(
            "shop",
            "1",
            "1.0",
            "010",
            "true",
            "~",
            "null",
            "v1.2.3",
            "a b c",
            "x: y".replace(": ", ":"),
            "é",
            "🐤",
            "http://x/y",
            "2020-01-01",
            "- ".strip() + "dash",
            "10Gi",
            "0x1f",
            "yes");
    private static final List<String> QUOTED = List.of(
            "''", "\"\"", "'it''s'", "\"tab\\t\"", "'# no comment'", "\"a: b\"", "'{}'", "\"\\u00e9\"", "'🐤 x'");

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private int comments;

    RandomYaml(long seed) {
        this.random = new Random(seed);
    }

    String document() {
        if (chance(3)) {
            out.append("---\n");
        }
        if (chance(3)) {
            out.append("# Source: chart/templates/x.yaml\n");
        }
        map(0, 4);
        var text = out.toString();
        if (chance(5)) {
            text = text.replace("\n", "\r\n");
        }
        if (chance(6)) {
            text = text.stripTrailing();
        }
        return chance(12) ? "\uFEFF" + text : text;
    }

    private boolean chance(int one) {
        return random.nextInt(one) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void noise(int indent) {
        if (chance(7)) {
            out.append(" ".repeat(random.nextInt(indent + 3)))
                    .append("# c")
                    .append(++comments)
                    .append(": x\n");
        }
        if (chance(9)) {
            out.append('\n');
        }
    }

    private void map(int indent, int depth) {
        var keys = new ArrayList<>(KEYS);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (i > 0 || indent == 0) {
                noise(indent);
                out.append(" ".repeat(indent));
            }
            out.append(keys.remove(random.nextInt(keys.size()))).append(':');
            value(indent, depth);
        }
    }

    private void end() {
        if (chance(4)) {
            out.append("  # c").append(++comments);
        }
        out.append('\n');
    }

    private void value(int indent, int depth) {
        switch (random.nextInt(depth > 0 ? 11 : 6)) {
            case 0 -> end();
            case 1 -> {
                out.append(chance(2) ? " {}" : " []");
                end();
            }
            case 2 -> {
                out.append(' ').append(any(PLAIN));
                end();
            }
            case 3 -> {
                out.append(' ').append(any(QUOTED));
                end();
            }
            case 4 -> {
                out.append(' ');
                flow(2);
                end();
            }
            case 5 -> block(indent);
            case 6, 7, 8 -> {
                end();
                int deeper = indent + 1 + random.nextInt(3);
                noise(deeper);
                out.append(" ".repeat(deeper));
                map(deeper, depth - 1);
            }
            default -> list(indent, depth);
        }
    }

    private void block(int indent) {
        out.append(any(List.of(" |", " |-", " |+", " >", " >-"))).append('\n');
        var pad = " ".repeat(indent + 1 + random.nextInt(3));
        for (int i = random.nextInt(3); i >= 0; i--) {
            out.append(pad)
                    .append(any(List.of("text", "# not a comment", "a: b", "{{ x }}", "trailing  ")))
                    .append('\n');
            if (chance(4)) {
                out.append('\n');
            }
        }
    }

    private void list(int indent, int depth) {
        end();
        int column = indent + (chance(2) ? 0 : 2);
        for (int i = random.nextInt(3); i >= 0; i--) {
            noise(column);
            out.append(" ".repeat(column)).append('-').append(" ".repeat(1 + random.nextInt(2)));
            int inner = out.length() - out.lastIndexOf("\n") - 1;
            if (chance(2)) {
                map(inner, depth - 1);
            } else {
                out.append(any(chance(2) ? PLAIN : QUOTED));
                end();
            }
        }
    }

    private void flow(int depth) {
        switch (random.nextInt(depth > 0 ? 4 : 2)) {
            case 0 -> out.append(any(List.of("a", "1", "~", "b c")));
            case 1 -> out.append(any(QUOTED));
            case 2 -> {
                out.append('{').append(chance(3) ? "" : "k: ");
                if (out.charAt(out.length() - 1) == ' ') {
                    flow(depth - 1);
                    out.append(chance(2) ? "" : ", \"l\": ");
                    if (out.charAt(out.length() - 1) == ' ') {
                        flow(depth - 1);
                    }
                }
                out.append('}');
            }
            default -> {
                out.append('[');
                flow(depth - 1);
                out.append(chance(2) ? ", " : "");
                if (out.charAt(out.length() - 1) == ' ') {
                    flow(depth - 1);
                }
                out.append(']');
            }
        }
    }
}
