package dev.haldane.postrender.config.file;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The rollout defaults of a run, lowest to highest: built in, a `haldane.yaml`, single settings (`--set`). All that
/// is wrong with one of them is said at once, in a [UserError].
public final class Configuration {
    private static final String URLS = "publicUrls.";

    private Configuration() {}

    /// @param file     `--config`, or what `$HALDANE_CONFIG` names; empty: built-in defaults
    /// @param settings `key=value`, the key with dots, the value as YAML, such as `hosts=[a.example]`
    public static RolloutDefaults load(Optional<Path> file, List<String> settings) {
        var defaults = file.map(Configuration::read).orElseGet(RolloutDefaults::builtIn);
        return with(defaults, settings);
    }

    /// `haldane.yaml` in a file.
    public static RolloutDefaults read(Path file) {
        try {
            return parse(Document.decode(Files.readAllBytes(file), file.toString()), file.toString());
        } catch (NoSuchFileException _) {
            throw UserError.usage(file + " does not exist", "--config and $HALDANE_CONFIG name a haldane.yaml.");
        } catch (IOException e) {
            throw UserError.usage(file + " cannot be read: " + e, "");
        }
    }

    /// @param name of the file or the ConfigMap's key, for errors
    public static RolloutDefaults parse(String text, String name) {
        var documents = documents(text, name);
        var problems = new Problems(documents.isEmpty() ? _ -> name : at(documents.getFirst(), name));
        if (documents.size() > 1) {
            problems.add(List.of(), "more than one document", "one RolloutDefaults is enough");
        }
        var root = documents.stream().findFirst().flatMap(Document::root).orElse(Mapping.EMPTY);
        var read = RolloutDefaults.builtIn();
        if (root instanceof Mapping mapping) {
            var reader = new DefaultsReader(problems);
            reader.header(mapping);
            read = reader.over(read, mapping);
        } else {
            problems.add(List.of(), "not a map", "apiVersion: haldane.dev/v1, kind: RolloutDefaults, …");
        }
        problems.throwIfAny();
        return read;
    }

    /// The defaults with single fields changed, as `--set` does.
    public static RolloutDefaults with(RolloutDefaults defaults, List<String> settings) {
        var changed = defaults;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw UserError.usage("--set " + setting + " has no '='", "--set analysis.interval=30s");
            }
            var path = path(setting.substring(0, equals));
            var problems = new Problems(_ -> "--set " + setting);
            var root = Mapping.EMPTY.with(path, value(setting, setting.substring(equals + 1)));
            changed = new DefaultsReader(problems).over(changed, (Mapping) root);
            problems.throwIfAny();
        }
        return changed;
    }

    /// A host has dots of its own.
    private static List<String> path(String key) {
        return key.startsWith(URLS)
                ? List.of("publicUrls", key.substring(URLS.length()).replace("\\.", "."))
                : List.of(key.split("\\.", -1));
    }

    private static Node value(String setting, String yaml) {
        return documents(yaml, "--set " + setting).stream()
                .findFirst()
                .flatMap(Document::root)
                .orElseThrow(() -> UserError.usage("--set " + setting + " has no value", ""));
    }

    private static List<Document> documents(String text, String name) {
        try {
            return Document.split(text, name).stream()
                    .filter(document -> document.root().isPresent())
                    .toList();
        } catch (UserError e) {
            throw UserError.usage(e.problem(), e.remedy());
        }
    }

    private static Problems.Place at(Document document, String name) {
        return path -> name + ":" + document.lineOf(path);
    }
}
