package io.gapless.rtsp;

import java.util.Optional;
import java.util.Set;

/** Metadata in session descriptions (ONVIF Streaming Specification, 5.1.2.1). */
final class MetadataFormats {
    private static final String KIND = "application";
    private static final String PLAIN = "VND.ONVIF.METADATA";

    /** Compressed by GZIP, or as Efficient XML Interchange, with ONVIF's or other options. */
    private static final Set<String> COMPRESSED =
            Set.of(PLAIN + ".GZIP", PLAIN + ".EXI.ONVIF", PLAIN + ".EXI.EXT");

    private MetadataFormats() {}

    /** The first track of plain XML. */
    static Optional<TrackPlan.Metadata> plan(SessionDescription description) {
        return description.media().stream()
                .filter(m -> m.kind().equals(KIND))
                .flatMap(m -> plan(m).stream())
                .findFirst();
    }

    private static Optional<TrackPlan.Metadata> plan(MediaDescription media) {
        return media.formats().stream()
                .filter(f -> f.encoding().equals(PLAIN))
                .findFirst()
                .map(f -> new TrackPlan.Metadata(f, media));
    }

    /** What metadata there is, in whatever form. */
    static Optional<String> offered(SessionDescription description) {
        return description.media().stream()
                .filter(m -> m.kind().equals(KIND))
                .flatMap(m -> m.formats().stream())
                .map(MediaFormat::encoding)
                .filter(e -> e.equals(PLAIN) || COMPRESSED.contains(e))
                .findFirst();
    }
}
