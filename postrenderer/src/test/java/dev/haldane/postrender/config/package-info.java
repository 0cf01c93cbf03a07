/// `haldane.yaml` and the words in it.
@NullMarked
package dev.haldane.postrender.config;

import org.jspecify.annotations.NullMarked;
