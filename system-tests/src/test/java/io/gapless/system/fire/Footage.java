package io.gapless.system.fire;

import io.gapless.system.backfill.RawArchive;
import io.gapless.system.backfill.RawFragment;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All fragments of an archive as they are when they are first asked for, each camera read once. */
final class Footage {
    private final RawArchive archive;
    private final Map<String, List<RawFragment>> cameras = new HashMap<>();

    Footage(RawArchive archive) {
        this.archive = archive;
    }

    List<RawFragment> of(String camera) throws IOException {
        List<RawFragment> known = cameras.get(camera);
        if (known == null) {
            known = archive.fragments(camera);
            cameras.put(camera, known);
        }
        return known;
    }
}
