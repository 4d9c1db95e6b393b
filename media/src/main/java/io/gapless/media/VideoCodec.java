package io.gapless.media;

/** How pictures are coded. The code is stored in the archive. */
public enum VideoCodec {
    H264,
    H265
}
