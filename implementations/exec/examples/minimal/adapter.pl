# SPDX-License-Identifier: MIT
use strict; use warnings; use JSON::PP;
$| = 1;    # flush each answer
my ($true, $false, $null) = (JSON::PP::true, JSON::PP::false, undef);
my $json = JSON::PP->new->utf8->canonical;
my %known = map { $_ => 1 } qw(id holders device setup threads);

sub execute {
	my ($program, $schedule) = @_;
	my ($alive, @events, @results, $diverged) = ($program->{device}{alive} ? $true : $false);
	$alive = $true if @{ $program->{setup} };    # setup can contain run_dax() only
	my %device = (holder => $program->{device}{holder}, ops => $program->{device}{ops});
	my $start = { %device, alive => $alive };
	# Remaining steps of each thread, three for each call.
	my @todo = map { [map { my $site = $_->{site}; map { [$_, $site] } qw(call rmw return) } @{ $_->{calls} }] } @{ $program->{threads} };
	my $current = -1;
	while (my @enabled = grep { @{ $todo[$_] } } 0 .. $#todo) {
		$current = $enabled[0] unless grep { $_ == $current } @enabled;
		if (!$diverged && @events < @$schedule) {
			my $wanted = $schedule->[@events];
			if (grep { $_ == $wanted } @enabled) { $current = $wanted }
			else { $diverged = { at => 0 + @events, agent => $wanted, why => $wanted > $#todo ? 'unknown-agent' : 'ended' } }
		}
		my ($op, $site) = @{ shift @{ $todo[$current] } };
		my $access = $op eq 'rmw';
		push @events, { agent => $current, op => $op, object => $access ? 'flags' : 'run_dax', marked => $true,
			old => $access ? $alive : $null, new => $access ? $true : $op eq 'return' ? 'ok' : $null,
			site => $site, function => $access ? 'run_dax' : '', enabled => \@enabled };
		$alive = $true if $access;
		push @results, { site => $site, value => 'ok' } if $op eq 'return';
	}
	return { agents => [map { $_->{name} } @{ $program->{threads} }], start => $start, events => \@events,
		results => \@results, device => { %device, alive => $alive, refs => 0 }, warnings => [], callbacks => [],
		faults => [], blocked => [], diverged => $diverged };
}

sub answer {
	my ($request) = @_;
	return { answer => 'hello', protocol => 1, name => 'Perl example', version => '1', calls => ['run_dax'],
		fields => ['flags'], explores => $true, limits => {} } if $request->{request} eq 'hello';
	die "no such request\n" if $request->{request} ne 'execute';
	my $program = $request->{program};
	my @calls = map { @$_ } $program->{setup}, map { $_->{calls} } @{ $program->{threads} };
	my @unknown = ((grep { !$known{$_} } keys %$program), grep { $_ ne 'run_dax' } map { $_->{call} } @calls);
	return { answer => 'skipped', reason => "unknown here: @unknown" } if @unknown;
	return { answer => 'results', executions => [map { execute($program, $_) } @{ $request->{schedules} }] };
}

while (my $line = <STDIN>) {
	my $seq = '';
	my $reply = eval { my $request = $json->decode($line); $seq = $request->{seq}; answer($request) };
	$reply = { answer => 'errored', message => "$@" } unless $reply;
	print $json->encode({ %$reply, seq => $seq }), "\n";
}
