package org.example.faulty;

import org.longwire.plugins.api.Place;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginException;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.Sending;
import org.longwire.radio.ChannelIndex;

/** Says everything a thousand times. */
public final class Flooding extends Faulty {
  @Override
  String name() {
    return "flood";
  }

  @Override
  PluginResult mischief(PluginContext lent) {
    for (int i = 0; i < 1000; i++) {
      try {
        lent.send(new Sending.Words(new Place.Channel("main", new ChannelIndex(0)), "buy " + i));
      } catch (PluginException enough) {
        continue;
      }
    }
    return PluginResult.pass();
  }
}
