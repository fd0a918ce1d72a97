import java.io.File;
import java.security.MessageDigest;
import java.security.Security;
import java.util.List;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampToken;

/** What Apache PDFBox and Bouncy Castle say of signed PDFs: a line for each file, its name and what they found. */
public class PdfBoxCheck {
    public static void main(String[] files) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        for (String file : files) {
            String said;
            try {
                said = check(new File(file));
            } catch (Exception error) {
                said = "broken " + error;
            }
            System.out.println(new File(file).getName() + " " + said);
        }
    }

    /** "valid SIGNATURES TIMESTAMPS", the last one covering the whole file; or what is wrong. */
    static String check(File file) throws Exception {
        byte[] bytes = java.nio.file.Files.readAllBytes(file.toPath());
        try (PDDocument document = PDDocument.load(bytes)) {
            List<PDSignature> all = document.getSignatureDictionaries();
            int signatures = 0, stamps = 0, furthest = 0;
            for (PDSignature one : all) {
                if (one.getCOSObject().getDictionaryObject("ByteRange") == null) return "no byte range";
                int[] range = one.getByteRange();
                furthest = Math.max(furthest, range[2] + range[3]);
                boolean stamp = "ETSI.RFC3161".equals(one.getSubFilter());
                if (!verified(one.getContents(bytes), one.getSignedContent(bytes), stamp)) return "not valid";
                if (stamp) stamps++; else signatures++;
            }
            return furthest == bytes.length ? "valid " + signatures + " " + stamps : "not the total document";
        }
    }

    static boolean verified(byte[] padded, byte[] content, boolean stamp) throws Exception {
        byte[] der = unpadded(padded);
        if (!stamp) return signed(new CMSSignedData(new CMSProcessableByteArray(content), der));
        CMSSignedData data = new CMSSignedData(der);
        TimeStampToken token = new TimeStampToken(data);
        MessageDigest digest = MessageDigest.getInstance(token.getTimeStampInfo().getMessageImprintAlgOID().getId(), "BC");
        return signed(data) && MessageDigest.isEqual(digest.digest(content), token.getTimeStampInfo().getMessageImprintDigest());
    }

    static boolean signed(CMSSignedData data) throws Exception {
        for (SignerInformation signer : data.getSignerInfos()) {
            X509CertificateHolder certificate = (X509CertificateHolder) data.getCertificates().getMatches(signer.getSID()).iterator().next();
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate))) return false;
        }
        return data.getSignerInfos().size() == 1;
    }

    static byte[] unpadded(byte[] padded) throws Exception {
        try (ASN1InputStream in = new ASN1InputStream(padded)) {
            ASN1Primitive first = in.readObject();
            return first.getEncoded();
        }
    }
}
