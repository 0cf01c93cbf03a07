/// What a rule is, what it sees and what it says. Imports `manifest` and `config`.
@NullMarked
package dev.haldane.postrender.rule;

import org.jspecify.annotations.NullMarked;
