package dev.retort.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages, and tells honest ones from forged and from replayed ones. One instance serves all threads. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    /** Jupyter's own kernel remembers as many. */
    private static final int REMEMBERED = 1 << 16;

    private final Mac mac;
    private final Set<String> seen = new LinkedHashSet<>();

    /** @param key empty if messages are not signed */
    Signatures(String key) {
        mac = key.isEmpty() ? null : mac(key);
    }

    /** The signature of a message's parts, empty without a key. */
    synchronized byte[] sign(List<byte[]> parts) {
        if (mac == null) {
            return new byte[0];
        }
        parts.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws MalformedMessageException if the signature is wrong, or came before */
    synchronized void verify(List<byte[]> parts, byte[] signature) throws MalformedMessageException {
        if (!MessageDigest.isEqual(sign(parts), signature)) {
            throw new MalformedMessageException("its signature is wrong");
        }
        if (mac != null && !seen.add(new String(signature, StandardCharsets.US_ASCII))) {
            throw new MalformedMessageException("it came before: somebody replays messages");
        }
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
    }

    private static Mac mac(String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }
}
