/// From bytes to a policy: YAML and JSON, read strictly. A key that nobody knows is an error with
/// its place, because a typing error must not let anything pass.
@NullMarked
package io.surfacescan.policy.reading;

import org.jspecify.annotations.NullMarked;
