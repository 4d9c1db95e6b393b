package io.gapless.media.fmp4;

import java.util.UUID;

/** The user types of our own boxes (ISO 14496-12, 11.1). Drawn at random once, never changed. */
final class BoxIds {
    static final UUID FRAGMENT = UUID.fromString("acddc99a-c64a-4d62-ab18-89373e90b531");
    static final UUID RUN_END = UUID.fromString("72fdc873-b670-40ae-be9f-d65f40f09a3e");
    static final UUID INDEX = UUID.fromString("b8d712ed-c91c-46db-9357-b07fa6ae6bfc");
    static final UUID INDEX_LOCATOR = UUID.fromString("4d6abbd2-9ec8-4bf2-89c7-fabff40575ca");

    private BoxIds() {}
}
