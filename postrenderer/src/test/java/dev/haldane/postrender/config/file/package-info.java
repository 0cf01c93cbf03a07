/// `haldane.yaml` as people write it, with their mistakes.
@NullMarked
package dev.haldane.postrender.config.file;

import org.jspecify.annotations.NullMarked;
