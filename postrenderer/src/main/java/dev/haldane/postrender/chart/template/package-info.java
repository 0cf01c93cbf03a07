/// The text of Helm's templates: Go actions told apart from what they stand in, and the lines of YAML around
/// them. A template is not YAML before it is rendered, so nothing here parses YAML.
@NullMarked
package dev.haldane.postrender.chart.template;

import org.jspecify.annotations.NullMarked;
