# The lightest provider that starts on every machine, for tests with many starts: `perl light-provider.pl PORT`.
use strict;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(
  LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Listen => 20, ReuseAddr => 1
) or die "$!";
while (my $client = $server->accept) {
  while (my $line = <$client>) { last if $line eq "\r\n" }
  print $client "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
  close $client;
}
