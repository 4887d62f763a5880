resource "aws_vpc" "shop" {
  cidr_block = "10.40.0.0/16"

  tags = {
    Name = "shop"
  }
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id

  tags = {
    Name = "shop"
  }
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.40.1.0/24"

  tags = {
    Name = "public"
  }
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.40.2.0/24"

  tags = {
    Name = "app"
  }
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.40.3.0/24"

  tags = {
    Name = "data"
  }
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "shop" {
  subnet_id     = aws_subnet.public.id
  allocation_id = aws_eip.nat.id

  tags = {
    Name = "shop"
  }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }

  tags = {
    Name = "public"
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.shop.id
  }

  tags = {
    Name = "private"
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.private.id
}

resource "aws_route_table_association" "data" {
  subnet_id      = aws_subnet.data.id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "balancer" {
  vpc_id = aws_vpc.shop.id

  ingress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 443
    protocol    = "tcp"
    to_port     = 443
  }

  egress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 0
    protocol    = "-1"
    to_port     = 0
  }
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.shop.id

  ingress {
    from_port       = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.balancer.id]
    to_port         = 8080
  }

  egress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 0
    protocol    = "-1"
    to_port     = 0
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.shop.id

  ingress {
    from_port       = 9000
    protocol        = "tcp"
    security_groups = [aws_security_group.web.id]
    to_port         = 9000
  }

  egress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 0
    protocol    = "-1"
    to_port     = 0
  }
}

resource "aws_security_group" "orders-db" {
  vpc_id = aws_vpc.shop.id

  ingress {
    cidr_blocks = ["10.40.0.0/16"]
    description = "clients within the VPC"
    from_port   = 5432
    protocol    = "tcp"
    to_port     = 5432
  }
}

resource "aws_security_group" "reports" {
  vpc_id = aws_vpc.shop.id

  ingress {
    cidr_blocks = ["10.40.9.0/24"]
    description = "the VPN, once it is there"
    from_port   = 22
    protocol    = "tcp"
    to_port     = 22
  }

  egress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 0
    protocol    = "-1"
    to_port     = 0
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0c0ffee"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.app.id
  vpc_security_group_ids = [aws_security_group.web.id]

  tags = {
    Name = "web"
  }
}

resource "aws_instance" "app" {
  ami                    = "ami-0c0ffee"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.app.id
  vpc_security_group_ids = [aws_security_group.app.id]

  tags = {
    Name = "app"
  }
}

resource "aws_instance" "reports" {
  ami                    = "ami-0c0ffee"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.app.id
  vpc_security_group_ids = [aws_security_group.reports.id]

  tags = {
    Name = "reports"
  }
}

resource "aws_lb" "shop" {
  name            = "shop"
  subnets         = [aws_subnet.public.id]
  security_groups = [aws_security_group.balancer.id]

  tags = {
    Name = "shop"
  }
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.shop.id
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
  port             = 8080
}

resource "aws_db_subnet_group" "orders" {
  name       = "orders"
  subnet_ids = [aws_subnet.data.id]
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "postgres"
  db_subnet_group_name   = aws_db_subnet_group.orders.name
  vpc_security_group_ids = [aws_security_group.orders-db.id]

  tags = {
    Name = "orders-db"
  }
}

resource "aws_iam_role" "app" {
  name = "app"
}

resource "aws_security_group" "load-test" {
  vpc_id = aws_vpc.shop.id

  ingress {
    cidr_blocks = ["0.0.0.0/0"]
    description = "testers work from home"
    from_port   = 22
    protocol    = "tcp"
    to_port     = 22
  }

  egress {
    cidr_blocks = ["0.0.0.0/0"]
    from_port   = 0
    protocol    = "-1"
    to_port     = 0
  }
}

resource "aws_instance" "load-test" {
  ami                         = "ami-0c0ffee"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.public.id
  vpc_security_group_ids      = [aws_security_group.load-test.id]
  associate_public_ip_address = true

  tags = {
    Name = "load-test"
  }
}
