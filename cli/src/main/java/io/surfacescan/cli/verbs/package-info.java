/// The verbs: one class each.
@NullMarked
package io.surfacescan.cli.verbs;

import org.jspecify.annotations.NullMarked;
