package org.plait.modules.ssl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Private keys of PEM files: PKCS #8 plain and encrypted (PBES2 with PBKDF2 or scrypt), and the
 * older forms for RSA and elliptic curves, which OpenSSL encrypts in a way of its own.
 */
final class PrivateKeys {
  private PrivateKeys() {}

  /** Gives the password when a key turns out to be encrypted. */
  interface Password {
    byte[] get();
  }

  /** A cipher of encrypted keys: its name in Java and the length of its key in bytes. */
  private record KeyCipher(String java, String algorithm, int keyLength) {}

  private static final KeyCipher DES3 = new KeyCipher("DESede/CBC/PKCS5Padding", "DESede", 24);

  private static KeyCipher aes(int bits) {
    return new KeyCipher("AES/CBC/PKCS5Padding", "AES", bits / 8);
  }

  private static final ASN1ObjectIdentifier SCRYPT =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

  private static final Map<String, KeyCipher> BY_NAME =
      Map.of(
          "AES-128-CBC", aes(128),
          "AES-192-CBC", aes(192),
          "AES-256-CBC", aes(256),
          "DES-EDE3-CBC", DES3);

  private static final Map<ASN1ObjectIdentifier, KeyCipher> BY_OID =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, aes(128),
          NISTObjectIdentifiers.id_aes192_CBC, aes(192),
          NISTObjectIdentifiers.id_aes256_CBC, aes(256),
          PKCSObjectIdentifiers.des_EDE3_CBC, DES3);

  /**
   * Reads a key.
   *
   * @throws GeneralSecurityException if it is broken, of an unknown kind, or the password is wrong
   */
  static PrivateKey read(Pem pem, Password password) throws GeneralSecurityException {
    try {
      byte[] body = pem.body();
      String info = pem.headers().get("DEK-Info");
      if (info != null) {
        body = decryptOld(body, info, password.get());
      }
      return switch (pem.label()) {
        case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypt(body, password.get()));
        case "RSA PRIVATE KEY" ->
            pkcs8(
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(
                            PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        ASN1Primitive.fromByteArray(body))
                    .getEncoded());
        case "EC PRIVATE KEY" -> pkcs8(ec(body));
        case "PRIVATE KEY" -> pkcs8(body);
        default -> throw new GeneralSecurityException("unknown kind of key: " + pem.label());
      };
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    PrivateKeyInfo info;
    try {
      info = PrivateKeyInfo.getInstance(der);
    } catch (RuntimeException e) {
      throw new GeneralSecurityException(e);
    }
    ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
    String algorithm;
    if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      algorithm = "RSA";
    } else if (kind.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      algorithm = "RSASSA-PSS";
    } else if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      algorithm = "EC";
    } else if (kind.equals(X9ObjectIdentifiers.id_dsa)) {
      algorithm = "DSA";
    } else {
      algorithm = "EdDSA";
    }
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static byte[] ec(byte[] body) throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(body);
    ASN1Encodable curve = key.getParametersObject();
    return new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key)
        .getEncoded();
  }

  /** OpenSSL's own way: MD5 makes key bytes from the password and half of the IV. */
  private static byte[] decryptOld(byte[] body, String info, byte[] password)
      throws GeneralSecurityException {
    int comma = info.indexOf(',');
    KeyCipher c = comma < 0 ? null : BY_NAME.get(info.substring(0, comma).toUpperCase(Locale.ROOT));
    if (c == null) {
      throw new GeneralSecurityException("unknown cipher: " + info);
    }
    byte[] iv = HexFormat.of().parseHex(info.substring(comma + 1).strip());
    byte[] key = new byte[c.keyLength];
    byte[] block = new byte[0];
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (int done = 0; done < key.length; done += block.length) {
      md5.update(block);
      md5.update(password);
      md5.update(iv, 0, 8);
      block = md5.digest();
      System.arraycopy(block, 0, key, done, Math.min(block.length, key.length - done));
    }
    return decipher(c, key, iv, body);
  }

  private static byte[] decipher(KeyCipher c, byte[] key, byte[] iv, byte[] body)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(c.java);
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, c.algorithm), new IvParameterSpec(iv));
    return cipher.doFinal(body);
  }

  private static byte[] decrypt(byte[] body, byte[] password) throws GeneralSecurityException {
    EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(body);
    AlgorithmIdentifier how = info.getEncryptionAlgorithm();
    if (!how.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      return decryptByJdk(body, password);
    }
    PBES2Parameters p = PBES2Parameters.getInstance(how.getParameters());
    KeyCipher c = BY_OID.get(p.getEncryptionScheme().getAlgorithm());
    if (c == null) {
      throw new GeneralSecurityException(
          "unknown cipher: " + p.getEncryptionScheme().getAlgorithm());
    }
    byte[] iv = ASN1OctetString.getInstance(p.getEncryptionScheme().getParameters()).getOctets();
    ASN1ObjectIdentifier kdf = p.getKeyDerivationFunc().getAlgorithm();
    ASN1Encodable parameters = p.getKeyDerivationFunc().getParameters();
    byte[] key;
    if (kdf.equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      PBKDF2Params k = PBKDF2Params.getInstance(parameters);
      PKCS5S2ParametersGenerator g = new PKCS5S2ParametersGenerator(digest(k.getPrf()));
      g.init(password, k.getSalt(), k.getIterationCount().intValueExact());
      key = ((KeyParameter) g.generateDerivedParameters(c.keyLength * 8)).getKey();
    } else if (kdf.equals(SCRYPT)) {
      ASN1Sequence k = ASN1Sequence.getInstance(parameters);
      key =
          SCrypt.generate(
              password,
              ASN1OctetString.getInstance(k.getObjectAt(0)).getOctets(),
              number(k, 1),
              number(k, 2),
              number(k, 3),
              c.keyLength);
    } else {
      throw new GeneralSecurityException("unknown key derivation: " + kdf);
    }
    return decipher(c, key, iv, info.getEncryptedData());
  }

  /** The ways of PKCS #5 before version 2, and of PKCS #12. */
  private static byte[] decryptByJdk(byte[] body, byte[] password) throws GeneralSecurityException {
    try {
      javax.crypto.EncryptedPrivateKeyInfo info = new javax.crypto.EncryptedPrivateKeyInfo(body);
      char[] text = new String(password, StandardCharsets.UTF_8).toCharArray();
      SecretKey key =
          SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(new PBEKeySpec(text));
      Cipher cipher = Cipher.getInstance(info.getAlgName());
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return cipher.doFinal(info.getEncryptedData());
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static int number(ASN1Sequence of, int i) {
    return ASN1Integer.getInstance(of.getObjectAt(i)).intValueExact();
  }

  private static Digest digest(@Nullable AlgorithmIdentifier prf) throws GeneralSecurityException {
    ASN1ObjectIdentifier o =
        prf == null ? PKCSObjectIdentifiers.id_hmacWithSHA1 : prf.getAlgorithm();
    if (o.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
      return new SHA1Digest();
    } else if (o.equals(PKCSObjectIdentifiers.id_hmacWithSHA224)) {
      return new SHA224Digest();
    } else if (o.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
      return new SHA256Digest();
    } else if (o.equals(PKCSObjectIdentifiers.id_hmacWithSHA384)) {
      return new SHA384Digest();
    } else if (o.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
      return new SHA512Digest();
    }
    throw new GeneralSecurityException("unknown function in key derivation: " + o);
  }
}
