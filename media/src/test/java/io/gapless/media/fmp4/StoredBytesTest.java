package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Fragment;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes as they stand in archives. They are never to be changed here. */
final class StoredBytesTest {
    private static final String FRAGMENT =
            "000000c475756964acddc99ac64a4d62ab1889373e90b531010000000011223344556677"
                    + "8899aabbccddeeff000000000000000000009061200df2390000000000015f9001234567"
                    + "89abcdeffedcba98765432100000001900000032010b0100000004ac00000000000025e0"
                    + "0000000000000124000002f800009061200df28604796172640000000000000000000000"
                    + "000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "0000000000000000000000000000000000000020707266740100000000000001ecccc3a0"
                    + "231d5acb0000000000000000";

    /** Version 2, with five documents. */
    private static final String FRAGMENT_WITH_METADATA =
            "000000c475756964acddc99ac64a4d62ab1889373e90b531020000000011223344556677"
                    + "8899aabbccddeeff000000000000000000009061200df2390000000000015f9001234567"
                    + "89abcdeffedcba98765432100000001900000032010b01000000051800000000000026e2"
                    + "0000000000000124000002f800009061200df28604796172640000000000000000000000"
                    + "000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "0000000000000000000000000000000000000020707266740100000000000001ecccc3a0"
                    + "231d5acb0000000000000000";

    private static final String RUN_END =
            "0000009c7575696472fdc873b67040aebe9fd65f40f09a3e010000000479617264000000"
                    + "000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "00000000000000000000000000000000000000000000000000009061201210e903000030"
                    + "5468652063616d65726120636c6f7365642074686520636f6e6e656374696f6e20e28093"
                    + "207472c3a8732074c3b4742e";
    private static final String TRAILER =
            "0000052275756964b8d712edc91c46db9357b07fa6ae6bfc0100000000009061200df239"
                    + "00000001000000010000041a047961726400000000000000000000000000000000000000"
                    + "000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "0000000000000000000000206674797069736f360000000069736f3669736f3569736f6d"
                    + "6d703431000003fa6d6f6f760000006c6d766864000000000000000000000000000003e8"
                    + "000000000001000001000000000000000000000000010000000000000000000000000000"
                    + "000100000000000000000000000000004000000000000000000000000000000000000000"
                    + "000000000000000000000003000001d57472616b0000005c746b68640000000300000000"
                    + "000000000000000100000000000000000000000000000000000000000000000000010000"
                    + "000000000000000000000000000100000000000000000000000000004000000001400000"
                    + "00b40000000001716d646961000000206d64686400000000000000000000000000015f90"
                    + "0000000055c400000000002168646c720000000000000000766964650000000000000000"
                    + "0000000000000001286d696e6600000014766d6864000000010000000000000000000000"
                    + "2464696e660000001c6472656600000000000000010000000c75726c2000000001000000"
                    + "e87374626c0000009c7374736400000000000000010000008c6176633100000000000000"
                    + "0100000000000000000000000000000000014000b4004800000048000000000000000100"
                    + "000000000000000000000000000000000000000000000000000000000000000018ffff00"
                    + "000036617663430164000dffe1001a6764000dacd9414179e784000003000400000300c8"
                    + "3c50a65801000668ebe3cb22c0fdf8f80000000010737474730000000000000000000000"
                    + "10737473630000000000000000000000147374737a000000000000000000000000000000"
                    + "107374636f0000000000000000000001697472616b0000005c746b686400000003000000"
                    + "000000000000000002000000000000000000000000000000000000000001000000000100"
                    + "000000000000000000000000000001000000000000000000000000000040000000000000"
                    + "0000000000000001056d646961000000206d64686400000000000000000000000000001f"
                    + "400000000055c400000000002168646c720000000000000000736f756e00000000000000"
                    + "000000000000000000bc6d696e6600000010736d68640000000000000000000000246469"
                    + "6e660000001c6472656600000000000000010000000c75726c2000000001000000807374"
                    + "626c0000003473747364000000000000000100000024616c617700000000000000010000"
                    + "00000000000000010010000000001f400000000000107374747300000000000000000000"
                    + "0010737473630000000000000000000000147374737a0000000000000000000000000000"
                    + "00107374636f0000000000000000000000486d7665780000002074726578000000000000"
                    + "000100000001000000000000000001010000000000207472657800000000000000020000"
                    + "000100000000000000000200000000000000000003e800112233445566778899aabbccdd"
                    + "eeff000000000000000000009061200df2390000000000015f900123456789abcdeffedc"
                    + "ba98765432100000001900000032010b0100000004ac0000000000002328000090612012"
                    + "10e9030000305468652063616d65726120636c6f7365642074686520636f6e6e65637469"
                    + "6f6e20e28093207472c3a8732074c3b4742e000000676d6672610000002b746672610100"
                    + "0000000000010000000000000001000000000000000000000000000004cc010101000000"
                    + "24757569644d6abbd29ec84bf289c7fabff40575ca010000000000000000000589000000"
                    + "106d66726f0000000000000067";

    @Test
    void fragmentBox() {
        Fragment fragment = Samples.second(0, 20);
        ByteBuffer header = FragmentEncoder.header(fragment, Samples.START, 1);
        assertThat(hex(header, FragmentEncoder.MOOF_OFFSET)).isEqualTo(FRAGMENT);

        FragmentBox box = FragmentBox.read(bytes(FRAGMENT));
        assertThat(box.fragment().header()).isEqualTo(fragment.header());
        assertThat(box.fragment().sizeBytes()).isEqualTo(FragmentEncoder.sizeBytes(fragment));
        assertThat(box.audioStart()).isEqualTo(Optional.of(Samples.START.plusTicks(77)));
        fragment.release();
    }

    @Test
    void fragmentBoxWithMetadata() {
        Fragment fragment = Samples.secondWithMetadata(0, 20);
        ByteBuffer header = FragmentEncoder.header(fragment, Samples.START, 1);
        assertThat(hex(header, FragmentEncoder.MOOF_OFFSET)).isEqualTo(FRAGMENT_WITH_METADATA);

        FragmentBox box = FragmentBox.read(bytes(FRAGMENT_WITH_METADATA));
        assertThat(box.fragment().header()).isEqualTo(fragment.header());
        assertThat(box.fragment().sizeBytes()).isEqualTo(FragmentEncoder.sizeBytes(fragment));
        fragment.release();
    }

    @Test
    void runEndBox() {
        ByteBuffer box = RunEndBox.encode(Samples.INTERRUPTION);
        assertThat(hex(box, box.remaining())).isEqualTo(RUN_END);
        assertThat(RunEndBox.read(bytes(RUN_END))).isEqualTo(Samples.INTERRUPTION);
    }

    @Test
    void trailer() {
        List<StoredFragment> fragments =
                List.of(new StoredFragment(Samples.header(0, Samples.START), 1000, 9000));
        ByteBuffer trailer =
                RecordingTrailer.encode(
                        fragments,
                        List.of(Samples.INTERRUPTION),
                        Samples.configuration(),
                        Samples.START);
        assertThat(hex(trailer, trailer.remaining())).isEqualTo(TRAILER);

        ByteBuffer index = bytes(TRAILER);
        IndexBox box = IndexBox.read(index.slice(0, index.getInt(0)), 10_000);
        assertThat(box.recordingStart()).isEqualTo(Samples.START);
        assertThat(box.configurations()).containsExactly(Samples.configuration());
        assertThat(box.fragments()).isEqualTo(fragments);
        assertThat(box.interruptions()).containsExactly(Samples.INTERRUPTION);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer bytes, int length) {
        byte[] copy = new byte[length];
        bytes.get(0, copy);
        return HexFormat.of().formatHex(copy);
    }
}
