/// Tests of exports of Kubernetes, most of them folders of manifests with the pairs worked out by
/// hand.
@NullMarked
package io.surfacescan.importers.kubernetes;

import org.jspecify.annotations.NullMarked;
