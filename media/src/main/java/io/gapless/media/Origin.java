package io.gapless.media;

/** Which recorder received a fragment from the camera. The code is stored in the archive. */
public enum Origin {
    PRIMARY(0),
    REPLICA(1);

    private final int code;

    Origin(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /**
     * @throws IllegalArgumentException if no origin has {@code code}
     */
    public static Origin ofCode(int code) {
        return switch (code) {
            case 0 -> PRIMARY;
            case 1 -> REPLICA;
            default -> throw new IllegalArgumentException("no origin has code " + code);
        };
    }
}
