package dev.haldane.postrender.chart.engine;

import java.util.ArrayList;
import java.util.List;

/// Ranges of versions as Helm's `semverCompare` reads them
/// ([Masterminds/semver](https://github.com/Masterminds/semver#checking-version-constraints)).
final class Versions {

    private Versions() {}

    /// Whether a version is in a range: `>=1.19-0`, `^1.14 || >2 <3`, `1.x`.
    ///
    /// @throws NumberFormatException if either is none
    static boolean isIn(String range, String version) {
        List<Integer> numbers = numbers(version);
        boolean before = version.contains("-");
        for (String alternative : range.split("\\|\\|", -1)) {
            boolean all = true;
            for (String constraint : constraints(alternative)) {
                all &= isMet(constraint, numbers, before);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /// `>= 1.2, <3` and `>=1.2 <3` are two; `1.2 - 1.4` is two as well.
    private static List<String> constraints(String text) {
        String[] span = text.split("\\s+-\\s+", -1);
        if (span.length == 2) {
            return List.of(">=" + span[0].strip(), "<=" + span[1].strip());
        }
        var constraints = new ArrayList<String>();
        for (String part : text.strip().replaceAll("([<>=!~^])\\s+", "$1").split("[,\\s]+", -1)) {
            if (!part.isEmpty()) {
                constraints.add(part);
            }
        }
        return constraints;
    }

    private static boolean isMet(String constraint, List<Integer> version, boolean before) {
        int start = 0;
        while (start < constraint.length() && "<>=!~^".indexOf(constraint.charAt(start)) >= 0) {
            start++;
        }
        String operator = constraint.substring(0, start);
        String wanted = constraint.substring(start);
        if (wanted.isEmpty() || wanted.equals("*")) {
            return true;
        }
        if (before && !wanted.contains("-")) {
            return false;
        }
        int given = given(wanted);
        List<Integer> bound = numbers(wanted);
        int order = compare(version, bound, 3);
        return switch (operator) {
            case "", "=" -> compare(version, bound, given) == 0;
            case "!=" -> compare(version, bound, given) != 0;
            case ">" -> given < 3 ? compare(version, bound, given) > 0 : order > 0;
            case "<" -> order < 0;
            case ">=", "=>" -> order >= 0;
            case "<=", "=<" -> given < 3 ? compare(version, bound, given) <= 0 : order <= 0;
            case "~", "~>" -> order >= 0 && compare(version, bound, Math.min(2, given)) == 0;
            case "^" -> order >= 0 && compare(version, bound, firstThatCounts(bound)) == 0;
            default -> throw new NumberFormatException(operator);
        };
    }

    private static int firstThatCounts(List<Integer> bound) {
        int place = 1;
        while (place < 3 && bound.get(place - 1) == 0) {
            place++;
        }
        return place;
    }

    private static int compare(List<Integer> one, List<Integer> other, int places) {
        for (int i = 0; i < places; i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// How many of its numbers a range gives.
    private static int given(String version) {
        String bare = core(version).replaceAll("\\.[xX*].*", "");
        return bare.split("\\.", -1).length;
    }

    private static List<Integer> numbers(String version) {
        var numbers = new ArrayList<Integer>();
        for (String number : core(version).split("\\.", -1)) {
            boolean any = number.equals("x") || number.equals("X") || number.equals("*");
            numbers.add(any ? 0 : Integer.parseInt(number));
        }
        while (numbers.size() < 3) {
            numbers.add(0);
        }
        return numbers;
    }

    private static String core(String version) {
        String text = version.strip();
        return (text.startsWith("v") ? text.substring(1) : text).replaceAll("[-+].*", "");
    }
}
