package io.gapless.media;

/** How sound is coded. */
public enum AudioCodec {
    /** AAC-LC and its relatives, described by an AudioSpecificConfig (ISO 14496-3, 1.6.2.1). */
    AAC,
    /** G.711 A-law, 8 bits a sample. */
    PCMA,
    /** G.711 mu-law, 8 bits a sample. */
    PCMU,
    /** Opus (RFC 6716), always at 48 kHz. */
    OPUS
}
