/// Tests of plans.
@NullMarked
package dev.haldane.postrender.plan;

import org.jspecify.annotations.NullMarked;
