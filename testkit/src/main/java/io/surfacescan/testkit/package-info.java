/// Placeholder.
@NullMarked
package io.surfacescan.testkit;

import org.jspecify.annotations.NullMarked;
