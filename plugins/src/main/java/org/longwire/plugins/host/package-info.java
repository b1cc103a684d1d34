/**
 * Runs plugins: order, limits, claims, faults, schedules, the loading of foreign code and the
 * processes that it runs in. Starts no thread itself ({@link PluginThreads}) and knows nothing of
 * the relay ({@link PluginServices}).
 */
@NullMarked
package org.longwire.plugins.host;

import org.jspecify.annotations.NullMarked;
