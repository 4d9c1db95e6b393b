package io.gapless.benchmark;

/** What cameras of 25 pictures a second send, by their bit rate. */
public enum Bitrate {
    MBIT_1(1),
    MBIT_4(4),
    MBIT_16(16);

    static final int PICTURES_PER_SECOND = 25;

    private final int megabits;

    Bitrate(int megabits) {
        this.megabits = megabits;
    }

    int pictureBytes() {
        return megabits * 1_000_000 / 8 / PICTURES_PER_SECOND;
    }
}
