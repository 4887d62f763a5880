/// Placeholder.
@NullMarked
package io.surfacescan.engine;

import org.jspecify.annotations.NullMarked;
