/// Small networks of Google Cloud: drawn at random, written as exports, and judged packet by packet
/// by the rules that its documentation states. Shares nothing with the reader but the meaning.
@NullMarked
package io.surfacescan.testkit.gcp;

import org.jspecify.annotations.NullMarked;
