package io.gapless.rtp.g726;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Decodes G.726 (ITU-T G.726, section 4; the names of its variables stand in the comments). What
 * was lost is forgotten within tens of milliseconds, as the algorithm wants it.
 *
 * <p>Owned by one thread.
 */
final class G726Decoder {
    private static final int ZEROS = 6;
    private static final int POLES = 2;

    private final G726Rate rate;

    /** Predictor coefficients (a, b), and what they are multiplied with in 11 bits of float. */
    private final int[] a = new int[POLES];

    private final int[] b = new int[ZEROS];
    private final int[] recentSignals = new int[POLES]; // SR
    private final int[] recentDifferences = new int[ZEROS]; // DQ

    /** Signs of the last partial reconstructed signals (PK). */
    private final boolean[] negative = new boolean[POLES];

    private int slowScale = 34_816; // YL
    private int fastScale = 544; // YU
    private int shortAverage; // DMS
    private int longAverage; // DML
    private int speed; // AP
    private boolean tone; // TD

    G726Decoder(G726Rate rate) {
        this.rate = requireNonNull(rate, "rate is null");
        Arrays.fill(recentSignals, 32);
        Arrays.fill(recentDifferences, 32);
    }

    /** The next sample, 16 bits linear. */
    short sample(int code) {
        int zeros = predictedByZeros();
        int byZeros = zeros >> 1; // SEZ
        int estimate = (zeros + predictedByPoles()) >> 1; // SE
        int scale = scale(); // Y
        int difference = difference(rate.isNegative(code), rate.quantized(code), scale); // DQ
        int signal =
                difference < 0 ? estimate - (difference & 0x3FFF) : estimate + difference; // SR
        adapt(code, scale, difference, signal, signal - estimate + byZeros);
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, signal << 2));
    }

    private int predictedByZeros() {
        int sum = 0;
        for (int i = 0; i < ZEROS; i++) {
            sum += product(b[i] >> 2, recentDifferences[i]);
        }
        return sum;
    }

    private int predictedByPoles() {
        return product(a[1] >> 2, recentSignals[1]) + product(a[0] >> 2, recentSignals[0]);
    }

    /** FMULT: of a coefficient and a number in floating point. */
    private static int product(int coefficient, int floating) {
        int magnitude = coefficient > 0 ? coefficient : -coefficient & 0x1FFF;
        int exponent = bits(magnitude) - 6;
        int mantissa =
                magnitude == 0
                        ? 32
                        : exponent >= 0 ? magnitude >> exponent : magnitude << -exponent;
        int shift = exponent + (floating >> 6 & 0xF) - 13;
        int product = (mantissa * (floating & 0x3F) + 0x30) >> 4;
        int value = shift >= 0 ? product << shift & 0x7FFF : product >> -shift;
        return (coefficient ^ floating) < 0 ? -value : value;
    }

    private static int bits(int magnitude) {
        return Math.min(15, Integer.SIZE - Integer.numberOfLeadingZeros(magnitude));
    }

    /** MIX: between the slow scale and the fast one. */
    private int scale() {
        if (speed >= 256) {
            return fastScale;
        }
        int slow = slowScale >> 6;
        int apart = fastScale - slow;
        int share = apart * (speed >> 2);
        return slow + (apart > 0 ? share >> 6 : apart < 0 ? (share + 0x3F) >> 6 : 0);
    }

    /** ADDA, ANTILOG: magnitude in 15 bits; negative ones less 0x8000. */
    private static int difference(boolean isNegative, int quantized, int scale) {
        int logarithm = quantized + (scale >> 2);
        if (logarithm < 0) {
            return isNegative ? -0x8000 : 0;
        }
        int exponent = logarithm >> 7 & 15;
        int magnitude = (128 + (logarithm & 127)) << 7 >> (14 - exponent);
        return isNegative ? magnitude - 0x8000 : magnitude;
    }

    private void adapt(int code, int scale, int difference, int signal, int partial) {
        boolean nowNegative = partial < 0;
        int magnitude = difference & 0x7FFF;
        boolean transition = isTransition(magnitude);
        adaptScale(scale, rate.multiplier(code));
        if (transition) {
            Arrays.fill(a, 0);
            Arrays.fill(b, 0);
        } else {
            adaptPoles(partial, nowNegative);
            adaptZeros(difference);
        }
        remember(difference, magnitude, signal, nowNegative);
        tone = !transition && a[1] < -11_776;
        adaptSpeed(scale, rate.weight(code), transition);
    }

    /** TRANS: from a tone to something else. */
    private boolean isTransition(int magnitude) {
        int whole = slowScale >> 15;
        int fraction = slowScale >> 10 & 0x1F;
        int threshold = whole > 9 ? 31 << 10 : (32 + fraction) << whole;
        return tone && magnitude > (threshold + (threshold >> 1)) >> 1;
    }

    /** FUNCTW, FILTD, LIMB, FILTE. */
    private void adaptScale(int scale, int multiplier) {
        fastScale = Math.max(544, Math.min(5120, scale + ((multiplier - scale) >> 5)));
        slowScale += fastScale + (-slowScale >> 6);
    }

    /** UPA2, LIMC, UPA1, LIMD. */
    private void adaptPoles(int partial, boolean nowNegative) {
        boolean changed = nowNegative != negative[0];
        int second = a[1] - (a[1] >> 7);
        if (partial != 0) {
            int first = changed ? a[0] : -a[0];
            second += first < -8191 ? -0x100 : first > 8191 ? 0xFF : first >> 5;
            boolean changedBefore = nowNegative != negative[1];
            second = Math.max(-12_288, Math.min(12_288, second + (changedBefore ? -0x80 : 0x80)));
        }
        a[1] = second;
        a[0] -= a[0] >> 8;
        if (partial != 0) {
            a[0] += changed ? -192 : 192;
        }
        int limit = 15_360 - second;
        a[0] = Math.max(-limit, Math.min(limit, a[0]));
    }

    /**
     * UPB, XOR. At 40 kbit/s the leak is 1/512, as in G726_upb of the ITU-T's own software (G.191);
     * FFmpeg has 1/256 at all rates.
     */
    private void adaptZeros(int difference) {
        int leak = rate == G726Rate.KBIT_40 ? 9 : 8;
        for (int i = 0; i < ZEROS; i++) {
            b[i] -= b[i] >> leak;
            if ((difference & 0x7FFF) != 0) {
                b[i] += (difference ^ recentDifferences[i]) >= 0 ? 128 : -128;
            }
        }
    }

    /** DELAY, FLOATA, FLOATB. */
    private void remember(int difference, int magnitude, int signal, boolean nowNegative) {
        System.arraycopy(recentDifferences, 0, recentDifferences, 1, ZEROS - 1);
        recentDifferences[0] = floating(magnitude, difference < 0);
        recentSignals[1] = recentSignals[0];
        recentSignals[0] = signal > -32_768 ? floating(Math.abs(signal), signal < 0) : -0x3E0;
        negative[1] = negative[0];
        negative[0] = nowNegative;
    }

    /** 4 bits of exponent, 6 of mantissa; negative ones less 0x400. */
    private static int floating(int magnitude, boolean isNegative) {
        int exponent = bits(magnitude);
        int value = magnitude == 0 ? 0x20 : (exponent << 6) + (magnitude << 6 >> exponent);
        return isNegative ? value - 0x400 : value;
    }

    /** FILTA, FILTB, SUBTC, FILTC, TRIGA. */
    private void adaptSpeed(int scale, int weight, boolean transition) {
        shortAverage += (weight - shortAverage) >> 5;
        longAverage += ((weight << 2) - longAverage) >> 7;
        if (transition) {
            speed = 256;
            return;
        }
        boolean unsteady =
                scale < 1536
                        || tone
                        || Math.abs((shortAverage << 2) - longAverage) >= longAverage >> 3;
        speed += ((unsteady ? 0x200 : 0) - speed) >> 4;
    }
}
