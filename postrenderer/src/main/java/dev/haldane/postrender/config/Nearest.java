package dev.haldane.postrender.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The word that was probably meant: a message that names it saves a look into the manual.
public final class Nearest {

    private Nearest() {}

    /// The candidate with the fewest slips of the keyboard (a letter more, less, other, or two swapped), if they are
    /// few enough for the length of `word`: one in three letters, and one in any case.
    public static Optional<String> of(String word, Collection<String> candidates) {
        int limit = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> slips(word, candidate) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> slips(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// A sentence for a remedy: the nearest candidate, or all of them if none is near.
    public static String remedy(String word, Collection<String> candidates) {
        return of(word, candidates)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> "Known are " + String.join(", ", candidates) + ".");
    }

    /// Damerau and Levenshtein's distance, case ignored, three rows of the table at a time.
    private static int slips(String left, String right) {
        String a = left.toLowerCase(java.util.Locale.ROOT);
        String b = right.toLowerCase(java.util.Locale.ROOT);
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + other);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
