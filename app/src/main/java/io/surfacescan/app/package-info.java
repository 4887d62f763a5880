/// Placeholder.
@NullMarked
package io.surfacescan.app;

import org.jspecify.annotations.NullMarked;
