/// Placeholder.
@NullMarked
package io.surfacescan.cli;

import org.jspecify.annotations.NullMarked;
