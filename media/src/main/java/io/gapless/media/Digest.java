package io.gapless.media;

import java.util.HexFormat;

/**
 * XXH3-128 over the VCL NAL units of a fragment in decoding order, each preceded by its length as a
 * 32-bit big-endian number. Parameter sets, SEI, access unit delimiters and filler are left out,
 * because servers vary them per session. It identifies a fragment across recorders and proves that
 * its video is unchanged; it is no protection against forgery.
 */
public record Digest(long high, long low) {
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
