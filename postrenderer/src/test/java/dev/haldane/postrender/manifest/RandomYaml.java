package dev.haldane.postrender.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes YAML the way nobody should and somebody does: all styles in one document, comments and blank lines anywhere,
/// every comment with a number of its own so that a lost one is found. A wild one has anchors, aliases, merge keys,
/// tags, directives, tabs, text over several lines and lines of thousands of characters as well.
public final class RandomYaml {
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

    private static final List<String> WILD = List.of(
            " a b\n%sc d\n\n%se",
            " \"a\n%sb\\\n%s  c\"",
            " 'a\n\n%sb\n%s'",
            " [a,\n%s# c0\n%sb]",
            " {k: v,\n%s'l' :\n%s x}",
            "\tshop",
            "\t\t'x'\t",
            " !!str 12",
            " !local x",
            " !!binary aGVsbG8=",
            " |2\n%s  deeper\n%s---",
            " >+\n%stext\n\n\n%smore\n\n",
            " \u0085x",
            " \"\\u2028\\ud83d\\udc24\"");

    private final Random random;
    private final boolean wild;
    private final StringBuilder out = new StringBuilder();
    private final List<String> scalars = new ArrayList<>();
    private final List<String> maps = new ArrayList<>();
    private int comments;
    private int anchors;

    RandomYaml(long seed) {
        this(seed, false);
    }

    private RandomYaml(long seed, boolean wild) {
        this.random = new Random(seed);
        this.wild = wild;
    }

    /// @param seed the same makes the same
    public static String wild(long seed) {
        return new RandomYaml(seed, true).document();
    }

    String document() {
        if (wild && chance(6)) {
            out.append(any(List.of(
                            "%YAML 1.1\n", "%YAML 1.2\n", "%TAG !e! tag:example.com,2000:\n", "# c0\n%YAML 1.1\n")))
                    .append("---\n");
        } else if (chance(3)) {
            out.append(wild && chance(3) ? "--- # start\n" : "---\n");
        }
        if (chance(3)) {
            out.append("# Source: chart/templates/x.yaml\n");
        }
        map(0, 4);
        if (wild && chance(12)) {
            out.append("...\n").append(chance(2) ? "# after the end\n" : "");
        }
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
            key(keys.remove(random.nextInt(keys.size())), indent, depth);
        }
        if (wild && !maps.isEmpty() && chance(8)) {
            out.append(" ".repeat(indent)).append("<<: *").append(any(maps));
            end();
        }
    }

    private void key(String key, int indent, int depth) {
        if (wild && chance(40)) {
            out.append("? ").append(key);
            end();
            out.append(" ".repeat(indent)).append(": explicit");
            end();
            return;
        }
        out.append(key).append(wild && chance(30) ? " :" : ":");
        if (!wild || chance(2)) {
            value(indent, depth);
        } else {
            wildValue(indent, depth);
        }
    }

    private void wildValue(int indent, int depth) {
        var anchor = "a" + anchors++;
        switch (random.nextInt(7)) {
            case 0 -> {
                out.append(" &").append(anchor).append(' ').append(any(QUOTED));
                scalars.add(anchor);
                end();
            }
            case 1 -> {
                out.append(" &").append(anchor);
                end();
                int deeper = indent + 2;
                out.append(" ".repeat(deeper));
                map(deeper, Math.max(0, depth - 1));
                maps.add(anchor);
            }
            case 2 -> {
                out.append(scalars.isEmpty() ? " x" : " *" + any(scalars) + " ");
                end();
            }
            case 3 -> {
                out.append(maps.isEmpty() ? " {}" : " *" + any(maps));
                end();
            }
            case 4 -> {
                out.append(' ').append(chance(20) ? "long🐤 ".repeat(700).strip() : "'" + "é".repeat(300) + "'");
                end();
            }
            case 5 -> {
                var value = any(WILD).replace("%s", " ".repeat(indent + 2));
                out.append(value);
                if (value.startsWith(" |") || value.startsWith(" >")) {
                    out.append(value.endsWith("\n") ? "" : "\n");
                } else {
                    end();
                }
            }
            default -> value(indent, depth);
        }
    }

    private void end() {
        if (chance(4)) {
            out.append(wild && chance(3) ? "\t# c" : "  # c").append(++comments);
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
