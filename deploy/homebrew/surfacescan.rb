# On Linux the tarball, which needs no Java; on macOS the jar, which does.
class Surfacescan < Formula
  desc "Which machines can attack this one, along which path, and what would stop it"
  homepage "@URL@"
  version "@VERSION@"
  license "Apache-2.0"

  on_linux do
    url "@URL@/surfacescan-@VERSION@-linux-x64.tar.gz"
    sha256 "@TARBALL_SHA256@"
    depends_on arch: :x86_64
  end

  on_macos do
    url "@URL@/surfacescan-@VERSION@.jar", using: :nounzip
    sha256 "@JAR_SHA256@"
    depends_on "openjdk"
  end

  def install
    if OS.linux?
      libexec.install Dir["*"]
      bin.install_symlink libexec/"bin/surfacescan"
      man1.install_symlink Dir[libexec/"share/man/man1/*"]
      bash_completion.install_symlink libexec/"share/bash-completion/completions/surfacescan"
      fish_completion.install_symlink libexec/"share/fish/vendor_completions.d/surfacescan.fish"
    else
      libexec.install "surfacescan-#{version}.jar" => "surfacescan.jar"
      bin.write_jar_script libexec/"surfacescan.jar", "surfacescan"
    end
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/surfacescan version")
  end
end
