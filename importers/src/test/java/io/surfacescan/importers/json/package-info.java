/// Tests of what all sources of input share.
@NullMarked
package io.surfacescan.importers.json;

import org.jspecify.annotations.NullMarked;
