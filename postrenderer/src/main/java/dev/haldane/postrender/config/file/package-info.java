/// Reads `haldane.yaml` and single settings. Apart from the values that it makes, because positions in YAML are the
/// business of `manifest`, which itself imports `config`.
@NullMarked
package dev.haldane.postrender.config.file;

import org.jspecify.annotations.NullMarked;
