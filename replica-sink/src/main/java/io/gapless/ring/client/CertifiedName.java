package io.gapless.ring.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a certificate is that of a name (RFC 6125 section 6.4): by the subject's alternative
 * names, of which one may begin with {@code *.}; the common name does not count.
 */
final class CertifiedName {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertifiedName() {}

    static boolean isOf(X509Certificate certificate, String name)
            throws CertificateParsingException {
        Collection<List<?>> alternatives =
                Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        String bare = name.replaceAll("^\\[|]$", "");
        return alternatives.stream().anyMatch(alternative -> matches(alternative, bare));
    }

    private static boolean matches(List<?> alternative, String name) {
        String value = String.valueOf(alternative.get(1));
        if (alternative.get(0).equals(IP_ADDRESS)) {
            return isLiteral(name) && sameAddress(value, name);
        }
        return alternative.get(0).equals(DNS_NAME)
                && matches(value.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && !isLiteral(name) && pattern.substring(1).equals(name.substring(dot));
    }

    private static boolean isLiteral(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    private static boolean sameAddress(String one, String other) {
        try {
            // a literal is parsed, not looked up
            return InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
