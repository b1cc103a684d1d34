/**
 * A plugin's process and the pipe to it. Values cross the pipe in the form of their declared types
 * ({@link RecordForm}); no class name ever does, so the worst that a hostile process can send is a
 * value that the relay then refuses.
 */
@NullMarked
package org.longwire.plugins.host.child;

import org.jspecify.annotations.NullMarked;
