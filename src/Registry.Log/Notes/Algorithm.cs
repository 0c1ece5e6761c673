using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Registry.Log.Notes;

/// <summary>The two signature algorithms, over bytes. BouncyCastle computes; .NET has no Ed25519.</summary>
internal static class Algorithm
{
    /// <summary>Bytes of a private key of either: the seed that it is made from.</summary>
    public const int SeedBytes = 32;

    /// <summary>Bytes of a public key.</summary>
    public static int PublicKeyBytes(SignatureKind kind) => kind == SignatureKind.MlDsa44Cosignature ? 1312 : Ed25519.PublicKeySize;

    /// <summary>Bytes of a signature, without the time of a cosignature.</summary>
    public static int SignatureBytes(SignatureKind kind) => kind == SignatureKind.MlDsa44Cosignature ? 2420 : Ed25519.SignatureSize;

    /// <summary>The public key that belongs to a seed.</summary>
    public static byte[] PublicKeyOf(SignatureKind kind, byte[] seed) => kind == SignatureKind.MlDsa44Cosignature
        ? MlDsa(seed).GetPublicKeyEncoded()
        : new Ed25519PrivateKeyParameters(seed).GeneratePublicKey().GetEncoded();

    /// <summary>Signs a message.</summary>
    public static byte[] Sign(SignatureKind kind, byte[] seed, byte[] message)
    {
        if (kind == SignatureKind.MlDsa44Cosignature)
        {
            var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: true);
            signer.Init(forSigning: true, MlDsa(seed));
            signer.BlockUpdate(message, 0, message.Length);
            return signer.GenerateSignature();
        }

        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>Whether a signature of the right length is that of a message. False for a public key that is none.</summary>
    public static bool Verify(SignatureKind kind, byte[] publicKey, byte[] message, byte[] signature)
    {
        if (kind == SignatureKind.MlDsa44Cosignature)
        {
            var signer = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: true);
            signer.Init(forSigning: false, MLDsaPublicKeyParameters.FromEncoding(MLDsaParameters.ml_dsa_44, publicKey));
            signer.BlockUpdate(message, 0, message.Length);
            return signer.VerifySignature(signature);
        }

        return Ed25519.Verify(signature, 0, publicKey, 0, message, 0, message.Length);
    }

    private static MLDsaPrivateKeyParameters MlDsa(byte[] seed) => MLDsaPrivateKeyParameters.FromSeed(MLDsaParameters.ml_dsa_44, seed);
}
