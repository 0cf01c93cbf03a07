package dev.haldane.webhook.gitops;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// `env/requirements.yaml` of a Jenkins X v2 environment: the applications of a namespace and their versions. Only the
/// bytes of one value, or the lines of one entry, ever change; what was written is parsed again and must say the same
/// but for that.
final class Requirements {

    static final String PATH = "env/requirements.yaml";

    /// Read as a number, where no quotes say otherwise.
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?");

    private static final String LIST = "dependencies";

    private final String text;
    private final Node tree;

    private Requirements(String text, Node tree) {
        this.text = text;
        this.tree = tree;
    }

    static Requirements read(String text) throws NotEditable {
        return new Requirements(text, parse(text));
    }

    /// The version of an application in some state of the file; empty too where that state cannot be read.
    static Optional<String> versionIn(String text, String app) {
        try {
            return read(text).entry(app).map(Dependency::version).filter(version -> !version.isEmpty());
        } catch (NotEditable _) {
            return Optional.empty();
        }
    }

    /// The entry of an application: by alias, else by name.
    ///
    /// @throws NotEditable if there are several
    Optional<Dependency> entry(String app) throws NotEditable {
        var all = dependencies();
        var byAlias = all.stream().filter(d -> d.alias().equals(app)).toList();
        var found = byAlias.isEmpty()
                ? all.stream().filter(d -> d.name().equals(app)).toList()
                : byAlias;
        if (found.size() > 1) {
            throw new NotEditable(app + " has " + found.size() + " entries, and nothing says which one is meant");
        }
        return found.stream().findFirst();
    }

    /// The text with another version in one entry.
    String withVersion(Dependency entry, String version) throws NotEditable {
        var value = place(entry).version();
        if (!value.isReplaceable() || !value.text().equals(entry.version())) {
            throw new NotEditable("the version of " + entry.name() + " cannot be replaced in place: there is "
                    + (value.isReplaceable() ? "more than one line" : value.problem()));
        }
        var written = !value.quoted() && NUMBER.matcher(version).matches() ? "'" + version + "'" : version;
        var items = new ArrayList<>(tree.items(LIST));
        items.set(entry.index(), items.get(entry.index()).with(List.of("version"), Scalar.of(version)));
        return verified(text.substring(0, value.from()) + written + text.substring(value.to()), items);
    }

    /// The text without one entry.
    String without(Dependency entry) throws NotEditable {
        var place = place(entry);
        var items = new ArrayList<>(tree.items(LIST));
        items.remove(entry.index());
        return verified(text.substring(0, place.start()) + text.substring(place.end()), items);
    }

    private EntryPlace place(Dependency entry) throws NotEditable {
        var places = EntryScanner.scan(text);
        if (places.size() != tree.items(LIST).size()) {
            throw new NotEditable("its " + LIST + " are not written in block style, one key a line");
        }
        return places.get(entry.index());
    }

    private List<Dependency> dependencies() {
        var items = tree.items(LIST);
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Dependency(
                        i,
                        items.get(i).text("name").orElse(""),
                        items.get(i).text("alias").orElse(""),
                        items.get(i).text("version").orElse("")))
                .toList();
    }

    private String verified(String edited, List<Node> items) throws NotEditable {
        var list = items.isEmpty() ? Scalar.NULL : new Sequence(items);
        if (!parse(edited).equals(tree.with(List.of(LIST), list))) {
            throw new NotEditable("it is written in a way in which more than the one value would change");
        }
        return edited;
    }

    private static Node parse(String text) throws NotEditable {
        try {
            var roots = Document.split(text, PATH).stream()
                    .flatMap(document -> document.root().stream())
                    .toList();
            if (roots.size() > 1) {
                throw new NotEditable("it has " + roots.size() + " documents where one is expected");
            }
            return roots.isEmpty() ? Mapping.EMPTY : roots.getFirst();
        } catch (UserError e) {
            throw new NotEditable(e.problem());
        }
    }
}
