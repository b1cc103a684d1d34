package org.longwire.relay.plugin;

import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.PluginException;

/** Draws pictures. Any thread. */
@FunctionalInterface
public interface Drawer {
  Picture draw(Drawing drawing) throws PluginException;
}
