@NullMarked
package io.surfacescan.settings;

import org.jspecify.annotations.NullMarked;
