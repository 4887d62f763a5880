/// Networks of Azure drawn at random, written as exports, and evaluated packet by packet.
@NullMarked
package io.surfacescan.testkit.azure;

import org.jspecify.annotations.NullMarked;
