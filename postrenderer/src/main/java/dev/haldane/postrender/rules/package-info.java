/// The rules, one file each, and the list of them. Imports `rule`, `manifest` and `config`.
@NullMarked
package dev.haldane.postrender.rules;

import org.jspecify.annotations.NullMarked;
